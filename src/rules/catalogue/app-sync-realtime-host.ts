import { Rule } from '../rule';

export const APP_SYNC_REALTIME_HOST: Rule = {
  id: 'AppSyncRealtimeHost',
  says: 'WebSocket clients are led to AppSync\'s GraphQL host',
  hits: 'WebSocket clients: the handshake gets 400.',
  why: 'GraphQL subscriptions and event channels live on a host of their own (appsync-realtime-api), or under /graphql/realtime and /event/realtime of a custom domain.',
  fix: {
    cdk: 'lead the path to the realtime endpoint: graphqlApi.attrRealtimeDns of the CfnGraphQLApi',
    cloudFormation: 'lead the path to RealtimeDns of the GraphQLApi (Dns.Realtime of an Event API)',
  },
  sources: [
    { what: 'AppSync guide, "Building a real-time WebSocket client"', url: 'https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html', confidence: 'documented' },
    { what: 'apollographql/apollo-kotlin#1992', url: 'https://github.com/apollographql/apollo-kotlin/issues/1992', confidence: 'reported' },
  ],
};
