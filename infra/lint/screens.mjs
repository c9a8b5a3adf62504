// Rules for the front ends that oxlint has not: what a screen may do is decided here, for all of them.

const EFFECTS = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect']);
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression']);

/** What a press or the opening of a row is called. */
const PRESSES = new Set(['onClick', 'onOpen']);

/** The name a call is made under: `useEffect(…)` and `React.useEffect(…)` alike. */
const calledName = ({ callee }) => (callee.type === 'MemberExpression' ? callee.property.name : callee.name);

/** Every `return` of a function itself, none of the functions inside it. */
function* returnsOf(node) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) yield* returnsOf(each);
    return;
  }
  if (FUNCTIONS.has(node.type) || node.type === 'FunctionDeclaration') return;
  if (node.type === 'ReturnStatement') yield node;
  for (const key of Object.keys(node)) if (key !== 'parent') yield* returnsOf(node[key]);
}

/**
 * React calls what an effect or a ref callback returns when the page is left. `scrollIntoView`, `focus` or `play`
 * return nothing in one browser and a promise in the next: the types cannot tell, so both are functions with braces
 * that return a written function or nothing.
 */
const effectReturnsCleanUp = {
  meta: {
    type: 'problem',
    messages: {
      shape: 'Write it as a function with braces: what an expression returns would be called as clean-up.',
      result: 'Return a function written here, or nothing: React calls it as clean-up.',
    },
  },
  create(context) {
    const requireCleanUp = (effect) => {
      if (effect.body.type !== 'BlockStatement' || effect.async) {
        context.report({ node: effect, messageId: 'shape' });
        return;
      }
      for (const found of returnsOf(effect.body)) {
        if (found.argument && !FUNCTIONS.has(found.argument.type)) context.report({ node: found, messageId: 'result' });
      }
    };
    return {
      CallExpression(node) {
        if (!EFFECTS.has(calledName(node))) return;
        const [effect] = node.arguments;
        if (effect && FUNCTIONS.has(effect.type)) requireCleanUp(effect);
        else context.report({ node: effect ?? node, messageId: 'shape' });
      },
      JSXAttribute({ name, value }) {
        const callback = value?.expression;
        if (name.name === 'ref' && callback && FUNCTIONS.has(callback.type)) requireCleanUp(callback);
      },
    };
  },
};

/**
 * A button that only leads to another page is a link: it opens in a tab of its own, says where it leads, and the
 * journey over all pages finds it.
 */
const leadsByLink = {
  meta: {
    type: 'problem',
    messages: { link: 'Use LinkButton, Link or the list’s `to`: what leads to a page is a link.' },
  },
  create(context) {
    return {
      JSXAttribute({ name, value }) {
        const press = value?.expression;
        if (!PRESSES.has(name.name) || !press || !FUNCTIONS.has(press.type)) return;
        const [only, ...more] = press.body.type === 'BlockStatement' ? press.body.body : [press.body];
        const call = only?.type === 'ExpressionStatement' || only?.type === 'UnaryExpression' ? unwrapped(only) : only;
        if (more.length === 0 && call?.type === 'CallExpression' && calledName(call) === 'navigate') {
          context.report({ node: press, messageId: 'link' });
        }
      },
    };
  },
};

/** The call within `void call();`, `call();` or `void call()`. */
function unwrapped(node) {
  const inner = node.type === 'ExpressionStatement' ? node.expression : node.argument;
  return inner.type === 'UnaryExpression' ? inner.argument : inner;
}

export default {
  meta: { name: 'screens' },
  rules: { 'effect-returns-clean-up': effectReturnsCleanUp, 'leads-by-link': leadsByLink },
};
