<?php
header('Content-Type: text/plain');
echo "intranet\n";
