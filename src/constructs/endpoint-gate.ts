// A gate at the end of a deployment: the probe runs against the new endpoint, and a client that must be served and is not fails the
// deployment, so that CloudFormation rolls back. A custom resource without a framework: one function that answers CloudFormation itself.
// Facts: CloudFormation guide, "Custom resources" (a resource runs again when its properties change; ServiceTimeout).

import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IDependable } from 'constructs';
import { EndpointProbeProps, newProbeFunction, probeRequest } from './probe-function';

/**
 * Props of EndpointGate.
 */
export interface EndpointGateProps extends EndpointProbeProps {
  /**
   * How long the gate goes on trying: names, certificates and targets take their time. At most 14 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly patience?: Duration;

  /**
   * Values that make the gate run again when they change: the revision of a task definition, the version of a function. It runs when it is
   * created and when its own settings change in any case.
   *
   * @default - none
   */
  readonly triggers?: string[];

  /**
   * What has to be there before it is tried: services, records, distributions.
   *
   * @default - what the URL refers to
   */
  readonly after?: IDependable[];
}

const LONGEST = Duration.minutes(14);

/**
 * Fails the deployment, so that it is rolled back, if a client that has to be served is not.
 *
 * After what it depends on is deployed, a function tries real connections as each client, again and again until all is well or its patience
 * ends. The events of the stack then say who gets what, and why.
 *
 * @example
 * new EndpointGate(this, 'Gate', { url: 'https://shop.example.com/', webSocketPath: '/ws', clients: [Client.HTTP_1_1, Client.H2, Client.WSS] });
 */
@propertyInjectable
export class EndpointGate extends Construct {
  /** Uniquely identifies this class for property injection. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EndpointGate';

  constructor(scope: Construct, id: string, props: EndpointGateProps) {
    super(scope, id);
    const { patience = Duration.minutes(5), triggers, after = [] } = props;
    if (!patience.isUnresolved() && patience.toSeconds() > LONGEST.toSeconds()) {
      const most = LONGEST.toHumanString();
      throw new Error(`EndpointGate '${this.node.path}': 'patience' is ${patience.toHumanString()}, and a function runs for 15 minutes at most. Set at most ${most}.`);
    }
    const service = newProbeFunction(this, 'Function', props, patience.plus(Duration.minutes(1)));
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::EndpointGate',
      serviceToken: service.functionArn,
      serviceTimeout: patience.plus(Duration.minutes(2)),
      properties: {
        Probe: Stack.of(this).toJsonString({ ...probeRequest(props), patienceSeconds: patience.toSeconds() }),
        ...(triggers?.length ? { Triggers: triggers } : {}),
      },
    });
    // The right to write logs comes by a policy of its own, which nothing else waits for.
    resource.node.addDependency(service.role!, ...after);
  }
}
