<?php
header('Content-Type: text/plain');
for ($i = 0; $i < 40; $i++) {
    header("X-Tag-$i: " . str_repeat('x', 200));
}
echo "big\n";
