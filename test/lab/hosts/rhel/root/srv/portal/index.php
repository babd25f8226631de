<?php
header('Content-Type: text/plain');
echo "portal\n";
