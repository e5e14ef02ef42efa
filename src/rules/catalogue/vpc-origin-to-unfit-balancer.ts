import { Rule } from '../rule';

export const VPC_ORIGIN_TO_UNFIT_BALANCER: Rule = {
  id: 'VpcOriginToUnfitBalancer',
  says: 'A VPC origin leads to a network load balancer that CloudFront does not support',
  hits: 'Nobody: the VPC origin is refused, or never connects.',
  why: 'VPC origins take network load balancers without TLS listener, with IPv4 only, and with a security group.',
  fix: {
    cdk: 'use an ApplicationLoadBalancer, or a NetworkLoadBalancer with security groups, IPv4 and a TCP listener',
    cloudFormation: 'use an application load balancer, or a network one with SecurityGroups, IpAddressType ipv4 and a TCP listener',
  },
  sources: [
    { what: 'CloudFront guide, "Restrict access with VPC origins"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html', confidence: 'documented' },
  ],
};
