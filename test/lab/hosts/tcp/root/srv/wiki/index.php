<?php
header('Content-Type: text/plain');
echo "wiki\n";
