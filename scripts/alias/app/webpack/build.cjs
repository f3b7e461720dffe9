const { copyFileSync } = require('node:fs');
const { join } = require('node:path');
const webpack = require('webpack');
const recipe = require('./recipe.cjs');

const config = {
  ...recipe,
  mode: 'production',
  context: __dirname,
  entry: './main.tsx',
  output: { path: join(__dirname, 'out') },
  module: { rules: [{ test: /\.tsx$/, loader: 'ts-loader', options: { transpileOnly: true } }] },
  resolve: { ...recipe.resolve, extensions: ['.tsx', '.ts', '.js'] },
  performance: false,
};

webpack(config, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) console.error(stats.toString('errors-warnings'));
  if (stats.hasErrors()) process.exitCode = 1;
  else copyFileSync(join(__dirname, 'index.html'), join(__dirname, 'out', 'index.html'));
});
