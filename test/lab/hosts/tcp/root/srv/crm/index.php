<?php
header('Content-Type: text/plain');
echo "crm\n";
