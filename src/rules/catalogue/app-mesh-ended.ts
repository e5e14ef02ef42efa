import { Rule } from '../rule';

export const APP_MESH_ENDED: Rule = {
  id: 'AppMeshEnded',
  says: 'The template uses AWS App Mesh, which has ended',
  hits: 'Nobody: the resources can no longer be created or reached.',
  why: 'AWS ended App Mesh on 30 September 2026. Its console and resources are no longer accessible; proxies that still run get no configuration.',
  fix: {
    cdk: 'move to ECS Service Connect or VPC Lattice',
    cloudFormation: 'replace the AWS::AppMesh resources by ServiceConnectConfiguration on the services, or by VPC Lattice',
  },
  sources: [
    { what: 'App Mesh guide, end of support notice', url: 'https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html', confidence: 'documented' },
    { what: 'That a deployment therefore fails', confidence: 'inferred' },
  ],
};
