<?php
header('Content-Type: text/plain');
echo "the shop\n";
