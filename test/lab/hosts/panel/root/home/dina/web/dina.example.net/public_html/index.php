<?php
header('Content-Type: text/plain');
echo "dina\n";
