<?php
header('Content-Type: text/plain');
echo "bert\n";
