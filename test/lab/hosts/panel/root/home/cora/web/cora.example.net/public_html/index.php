<?php
header('Content-Type: text/plain');
echo "cora\n";
