import recipe from './recipe.mjs';

export default { ...recipe, output: 'export', distDir: '.next' };
