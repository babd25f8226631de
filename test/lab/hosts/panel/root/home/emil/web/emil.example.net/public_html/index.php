<?php
header('Content-Type: text/plain');
echo "emil\n";
