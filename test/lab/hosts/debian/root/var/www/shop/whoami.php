<?php
header('Content-Type: text/plain');
echo posix_getpwuid(posix_geteuid())['name'] ?? posix_geteuid(), "\n";
