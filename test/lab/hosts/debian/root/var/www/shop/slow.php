<?php
header('Content-Type: text/plain');
sleep(3);
echo "slow\n";
