// Where the parts of a picture stand: dagre's layered layout, from left to right. Not here: what the parts are (picture.ts) and look like (style.ts).

export interface Box { readonly id: string; readonly width: number; readonly height: number }
export interface Wire { readonly from: string; readonly to: string; readonly width: number; readonly height: number }
export interface Point { readonly x: number; readonly y: number }

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The middle of each box, by id. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** As the wires were given: the corners, and the middle of the label. */
  readonly wires: readonly { readonly points: readonly Point[]; readonly label?: Point }[];
}

/** The part of dagre that is used; its own types are of an ECMAScript module, which CommonJS cannot import. */
interface Dagre {
  readonly graphlib: { readonly Graph: new (options: { multigraph: boolean }) => Graph };
  layout(graph: Graph): void;
}

interface Graph {
  setGraph(options: object): void;
  setDefaultEdgeLabel(make: () => object): void;
  setNode(id: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  graph(): { width?: number; height?: number };
  node(id: string): Point;
  edge(edge: { v: string; w: string; name: string }): { points: Point[]; x?: number; y?: number };
}

export function layout(boxes: readonly Box[], wires: readonly Wire[]): Layout {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, import/no-extraneous-dependencies
  const dagre = require('@dagrejs/dagre') as Dagre;
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 26, edgesep: 14, marginx: 6, marginy: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  wires.forEach(({ from, to, width, height }, index) => graph.setEdge(from, to, { width, height, labelpos: 'c' }, String(index)));
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: new Map(boxes.map(({ id }) => [id, graph.node(id)])),
    wires: wires.map(({ from, to }, index) => {
      const { points, x, y } = graph.edge({ v: from, w: to, name: String(index) });
      return { points, label: x === undefined || y === undefined ? undefined : { x, y } };
    }),
  };
}
