# .husky/pre-commit, for https://typicode.github.io/husky
# Judges what is staged, removed files included, and reports what the commit causes and nothing older.
npx --yes no502@0.1.0 --staged --root deploy/root --memory 4G
