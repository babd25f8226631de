<?php
header('Content-Type: text/plain');
echo "blog\n";
