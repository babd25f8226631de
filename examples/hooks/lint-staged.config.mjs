// lint-staged.config.mjs, for https://github.com/lint-staged/lint-staged, beside
//   npm install --save-dev --save-exact lint-staged no502@0.1.0
// A commit that only removes files never gets here: no502 in .husky/pre-commit judges that one, too.
export default {
  'deploy/root/**': 'no502 --staged --root deploy/root --memory 4G',
};
