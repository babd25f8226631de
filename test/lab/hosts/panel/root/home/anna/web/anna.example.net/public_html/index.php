<?php
header('Content-Type: text/plain');
echo "anna\n";
