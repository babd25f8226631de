# .husky/pre-commit, for https://typicode.github.io/husky, beside
#   npm install --save-dev --save-exact husky no502@0.1.0
# Judges what is staged, removed files included, and reports what the commit causes and nothing older.
no502 --staged --root deploy/root --memory 4G
