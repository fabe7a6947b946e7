import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'generated/', 'api-reference/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // Types of the output are declared as the templates write them.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A control character in a regular expression is how hostile text is found.
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['templates/*.js'],
    // A script of a page, as it is.
    languageOptions: {
      sourceType: 'script',
      globals: { document: false, FormData: false, setTimeout: false, clearTimeout: false },
    },
  },
  {
    files: ['examples/react-form/*.js'],
    languageOptions: {
      globals: { document: 'readonly', navigator: 'readonly', console: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-empty-function': 'off' },
  },
);
