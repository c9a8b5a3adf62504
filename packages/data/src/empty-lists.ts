import {
  type BinaryOperationNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  type QueryId,
  replaceWithNoncontingentExpression,
  ValueListNode,
} from 'kysely';

type InNothing = Parameters<typeof replaceWithNoncontingentExpression>[0];

function isInNothing(node: BinaryOperationNode): node is InNothing {
  const { operator, rightOperand: list } = node;
  const isEmpty = (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) && list.values.length === 0;
  return isEmpty && OperatorNode.is(operator) && (operator.operator === 'in' || operator.operator === 'not in');
}

/** As Kysely's own for empty lists, which does not look into the two sides of a comparison: a subquery may be one. */
class EmptyLists extends OperationNodeTransformer {
  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    return isInNothing(node) ? replaceWithNoncontingentExpression(node) : super.transformBinaryOperation(node, queryId);
  }
}

const lists = new EmptyLists();

/** A list of nothing finds nothing, wherever in a statement it is; as it is, it would be no SQL. */
export const EMPTY_LISTS: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => lists.transformNode(node, queryId),
  transformResult: ({ result }) => Promise.resolve(result),
};
