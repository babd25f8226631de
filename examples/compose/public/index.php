<?php
echo "shop\n";
