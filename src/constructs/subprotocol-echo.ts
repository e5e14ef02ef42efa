// The function behind $connect that picks a WebSocket subprotocol: the first that the client offers and the API speaks goes back in
// Sec-WebSocket-Protocol. A client that offers none is let in; one that offers only others gets 400, because a browser would close
// the connection anyway when no offer of its is taken up, without a word why.
// Not here: who may connect; that is for an authorizer.
// Facts: RFC 6455 4.2.2 (the server picks one of the offers or none) and 4.1 (the client fails what it did not offer); API Gateway
// guide "Set up a $connect route that requires a WebSocket subprotocol" (Lambda proxy integration returns the header).

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** A name of a subprotocol is a token of HTTP: RFC 6455 4.1, item 10. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Refuses names that cannot stand in the header. */
export function checkSubprotocols(who: string, subprotocols: readonly string[]): void {
  if (subprotocols.length === 0) throw new Error(`${who}: 'subprotocols' is empty. Name at least one, for instance ['chat.v1'], or leave it out.`);
  const odd = subprotocols.find((name) => !TOKEN.test(name));
  if (odd !== undefined) throw new Error(`${who}: 'subprotocols' has '${odd}'. Expected is a name without spaces, commas and slashes, for instance 'chat.v1'.`);
}

/** The code of the function, for Node.js. */
export function echoCode(subprotocols: readonly string[]): string {
  return `const spoken = ${JSON.stringify(subprotocols)};

exports.handler = async (event) => {
  const all = { ...event.headers, ...event.multiValueHeaders };
  const offers = Object.entries(all)
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
    .flatMap(([, value]) => String(value).split(','))
    .map((offer) => offer.trim())
    .filter((offer) => offer !== '');
  const chosen = offers.find((offer) => spoken.includes(offer));
  if (chosen !== undefined) return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': chosen } };
  if (offers.length === 0) return { statusCode: 200 };
  const message = 'None of the offered subprotocols (' + [...new Set(offers)].join(', ') + ') is spoken here. Offer one of: ' + spoken.join(', ') + '.';
  console.log(message);
  return { statusCode: 400, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ message }) };
};
`;
}

/** The function, which may write to its own log group and nothing else. */
export function newSubprotocolEcho(scope: Construct, subprotocols: readonly string[]): lambda.Function {
  const logGroup = new logs.LogGroup(scope, 'SubprotocolLog', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(scope, 'SubprotocolRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  return new lambda.Function(scope, 'Subprotocol', {
    description: 'Answers the WebSocket handshake with a subprotocol that client and API speak',
    runtime: lambda.Runtime.NODEJS_LATEST,
    handler: 'index.handler',
    code: lambda.Code.fromInline(echoCode(subprotocols)),
    timeout: Duration.seconds(3),
    role,
    logGroup,
  });
}
