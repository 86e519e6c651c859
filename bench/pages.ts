/**
 * The pages that are measured: what a front end asks for, and what every server under measurement answers with the same
 * bytes. The operation's name is what the hand-written server goes by.
 */
export interface BenchPage {
  readonly title: string;
  readonly operationName: 'Devices' | 'Overview' | 'OneDevice' | 'Alerts';
  readonly query: string;
}

/** Rows of each list. */
export const FIRST = 20;

export const DEVICES: BenchPage = {
  title: `Device list: ${FIRST} devices × 2 groups × assigned account`,
  operationName: 'Devices',
  query: `query Devices($company: ID!, $first: Int!) {
  node(id: $company) {
    ... on Company {
      id
      name
      devices(first: $first) {
        nodes {
          id address alias name platform online lastSeenAt
          account { accountId name email }
          groups { id name }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,
};

export const OVERVIEW: BenchPage = {
  title: `Overview: ${FIRST} devices × 2 services × 2 policies × assigned account`,
  operationName: 'Overview',
  query: `query Overview($company: ID!, $first: Int!) {
  node(id: $company) {
    ... on Company {
      id
      name
      devices(first: $first) {
        nodes {
          id address alias name platform online lastSeenAt
          account { accountId name email }
          services { id service state requestedAt }
          policies { id service name version }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,
};

export const ONE_DEVICE: BenchPage = {
  title: 'One device by id',
  operationName: 'OneDevice',
  query: `query OneDevice($device: ID!) {
  node(id: $device) {
    ... on Device {
      id address alias name platform clientVersion online lastSeenAt registeredAt
      account { accountId name email }
    }
  }
}`,
};

export const ALERTS: BenchPage = {
  title: `Alerts: ${FIRST} alerts × device`,
  operationName: 'Alerts',
  query: `query Alerts($company: ID!, $first: Int!) {
  node(id: $company) {
    ... on Company {
      id
      alerts(first: $first, state: OPEN) {
        nodes {
          id service kind severity subject message state occurrences lastRaisedAt
          measurements { name value unit }
          device { id name online }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,
};

export const PAGES: readonly BenchPage[] = [DEVICES, OVERVIEW, ONE_DEVICE, ALERTS];

/** The body of the request for a page. */
export function bodyOf(
  { operationName, query }: BenchPage,
  example: { companyId: string; devices: readonly { id: string }[] },
) {
  const { companyId, devices } = example;
  const variables = operationName === 'OneDevice' ? { device: devices[0]?.id } : { company: companyId, first: FIRST };
  return { operationName, query, variables };
}
