<?php
header('Content-Type: text/plain');
echo ini_get('memory_limit'), ' ', ini_get('max_execution_time'), "\n";
