// A CloudTrail that runs on loopback, for tests and for trying trailx without an account: event history with AWS's
// own quotas, checks, tokens and moods (LookupEvents), and what surrounds it (STS, account:ListRegions, the SSO portal,
// container and instance credentials). The account follows from the access key, the Region and the service from the
// SigV4 scope, so one address serves everything. Point `endpoint_url` or AWS_ENDPOINT_URL at it.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccountSetup, CredentialBook, DEFAULT_ACCOUNTS, type Identity } from './accounts.ts';
import { type Answer, AwsError, jsonAnswer } from './answer.ts';
import { type AddOptions, EventShelves, type RawItem } from './event-shelf.ts';
import { type FaultRule, FaultRules, faultAnswer, quirksOf, type ServerFault, send } from './faults.ts';
import { answerCredentials } from './handed-credentials.ts';
import { EventLookup, type LookupParameters } from './lookup-events.ts';
import { errorAnswer, isSigned, operationOf, protocolOf, readBody } from './protocol.ts';
import { Quotas } from './quota.ts';
import { answerListRegions, isRegionOn } from './regions.ts';
import { readSignature } from './signature.ts';
import { answerSts } from './sts.ts';

export type ServerOptions = {
  readonly port?: number;
  /** Three made-up accounts when left out; the first takes the key of test/helpers/isolate.ts. */
  readonly accounts?: readonly AccountSetup[];
  /** Of LookupEvents, by account and Region; 2 when left out, as with AWS. */
  readonly requestsPerSecond?: number;
  /** Until an answer begins. */
  readonly latencyMs?: number;
  /** The clock of the events (90 days, arrival) and of page tokens, ms; Date.now when left out. */
  readonly now?: () => number;
  /** How far the server's clock is ahead of this machine's, for signatures and the Date header; asked each time where it
   *  is a function. */
  readonly clockSkewMs?: number | (() => number);
  /** How long a page token can be used; an hour when left out. */
  readonly tokenLifeMs?: number;
};

/** One request, in the order of arrival. */
export type LoggedRequest = {
  /** performance.now() at arrival. */
  readonly at: number;
  /** 'LookupEvents', 'GetCallerIdentity', … */
  readonly operation: string;
  /** Null until the signature has told. */
  readonly account: string | null;
  readonly region: string | null;
  /** Of LookupEvents: its body. */
  readonly parameters: LookupParameters;
  /** Null: no answer (yet). */
  readonly status: number | null;
  /** AWS's name of what was wrong; null: nothing was. */
  readonly error: string | null;
  readonly fault: ServerFault['kind'] | null;
};

export type CloudTrailServer = {
  /** http://127.0.0.1:port, no slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Puts records (JSON texts or objects) in; how many were taken: data events are not. `account` and `region` null:
   *  as each record says. */
  add(account: string | null, region: string | null, records: Iterable<unknown>, options?: AddOptions): number;
  /** Puts in what LookupEvents shall list, word for word. */
  addItems(account: string, region: string, items: Iterable<RawItem>, options?: AddOptions): void;
  /** How many events each account has in each Region. */
  contents(): ReturnType<EventShelves['contents']>;
  /** Makes requests fail; returns what ends that. */
  fail(rule: FaultRule): () => void;
  /** Ends all of `fail`, `deny` and `expire`. */
  heal(): void;
  /** A service control policy denies these Regions to the account from now on, in addition to its setup's. */
  deny(account: string, regions: readonly string[]): void;
  /** The sessions of the account have expired (new ones can be had); with `withKey` its own access key as well. */
  expire(account: string, withKey?: boolean): void;
  setRequestsPerSecond(perSecond: number): void;
  /** Takes that many of the Region's quota, as another user of the account would. False: there is not enough left. */
  takeQuota(account: string, region: string, count?: number): boolean;
  readonly requests: readonly LoggedRequest[];
  /** LookupEvents requests, throttled ones too, within any `windowMs` (1000), at most. Jitter on the way can add one. */
  peakRate(account: string, region: string, windowMs?: number): number;
  clearRequests(): void;
  /** Breaks what is under way. */
  close(): Promise<void>;
};

type Logged = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

export async function startCloudTrailServer(options: ServerOptions = {}): Promise<CloudTrailServer> {
  const { accounts = DEFAULT_ACCOUNTS, requestsPerSecond = 2, latencyMs = 0, clockSkewMs = 0 } = options;
  const now = options.now ?? Date.now;
  const book = new CredentialBook(accounts);
  const shelves = new EventShelves();
  const lookup = new EventLookup(shelves, now, options.tokenLifeMs ?? 3_600_000);
  const quotas = new Quotas(requestsPerSecond);
  const faults = new FaultRules();
  const denied = new Map<string, Set<string>>();
  let requests: Logged[] = [];
  const serverTime = () => Date.now() + (typeof clockSkewMs === 'number' ? clockSkewMs : clockSkewMs());

  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    const logged: Logged = {
      at: performance.now(),
      operation: '',
      account: null,
      region: null,
      parameters: {},
      status: null,
      error: null,
      fault: null,
    };
    requests.push(logged);
    readBody(request).then(
      (body) => {
        const { answer, fault } = handle(request, body, logged);
        logged.fault = fault?.kind ?? null;
        const deliver = () => {
          if (response.destroyed) return;
          if (fault?.kind !== 'hang' && fault?.kind !== 'reset') logged.status = answer.status;
          response.setHeader('date', new Date(serverTime()).toUTCString());
          response.setHeader('x-amzn-requestid', crypto.randomUUID());
          send(response, answer, fault);
        };
        if (latencyMs > 0) setTimeout(deliver, latencyMs);
        else deliver();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  function handle(request: IncomingMessage, body: string, logged: Logged) {
    const protocol = protocolOf(request);
    let fault: ServerFault | null = null;
    try {
      logged.operation = operationOf(request, body);
      const identity = isSigned(request) ? identify(request, logged) : null;
      if (logged.operation === 'LookupEvents') checkAccess(identity, logged);
      fault = faults.next(logged);
      const instead = faultAnswer(fault, protocol);
      if (instead !== null) {
        logged.error = fault?.kind === 'error' ? fault.name : null;
        return { answer: instead, fault };
      }
      return { answer: answer(request, body, identity, logged, fault), fault };
    } catch (error) {
      const told = error instanceof AwsError ? error : new AwsError('SerializationException', String(error));
      logged.error = told.code;
      return { answer: errorAnswer(protocol, told), fault };
    }
  }

  function identify(request: IncomingMessage, logged: Logged): Identity {
    const { accessKeyId, region, sessionToken, service } = readSignature(request.headers, serverTime());
    logged.region = region;
    const identity = book.identify(accessKeyId, sessionToken);
    logged.account = identity.account.id;
    const { partition = 'aws', optedIn = [] } = identity.account;
    if (service !== 'sso' && !isRegionOn(partition, new Set(optedIn), region))
      throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
    return identity;
  }

  /** Permission, then quota, as AWS does it. */
  function checkAccess(identity: Identity | null, { region, account }: Logged): void {
    if (identity === null || region === null || account === null)
      throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    if (identity.account.deniedRegions?.includes(region) || denied.get(account)?.has(region))
      throw new AwsError(
        'AccessDeniedException',
        `User: ${identity.arn} is not authorized to perform: cloudtrail:LookupEvents with an explicit deny in a ` +
          'service control policy',
        403,
      );
    if (!quotas.take(`${account} ${region}`)) throw new AwsError('ThrottlingException', 'Rate exceeded');
  }

  function answer(
    request: IncomingMessage,
    body: string,
    identity: Identity | null,
    logged: Logged,
    fault: ServerFault | null,
  ): Answer {
    switch (protocolOf(request)) {
      case 'json': {
        if (logged.operation !== 'LookupEvents' || identity === null)
          throw new AwsError('UnknownOperationException', `No such operation here: ${logged.operation}`, 404);
        logged.parameters = (body === '' ? {} : JSON.parse(body)) as LookupParameters;
        return jsonAnswer(
          lookup.page(identity.account.id, logged.region as string, logged.parameters, quirksOf(fault)),
        );
      }
      case 'query':
        return answerSts(book, new URLSearchParams(body), identity);
      case 'rest':
        if (request.url === '/listRegions' && identity !== null) return answerListRegions(identity.account, body);
        return answerCredentials(book, request);
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    add: (account, region, records, addOptions = {}) => shelves.add(account, region, records, addOptions),
    addItems: (account, region, items, addOptions = {}) => shelves.addItems(account, region, items, addOptions),
    contents: () => shelves.contents(),
    fail: (rule) => faults.add(rule),
    heal() {
      faults.clear();
      denied.clear();
      book.revive();
    },
    deny(account, regions) {
      denied.set(account, new Set([...(denied.get(account) ?? []), ...regions]));
    },
    expire: (account, withKey = false) => book.expire(account, withKey),
    setRequestsPerSecond(perSecond) {
      quotas.perSecond = perSecond;
    },
    takeQuota: (account, region, count = 1) => quotas.take(`${account} ${region}`, count),
    get requests() {
      return requests;
    },
    peakRate(account, region, windowMs = 1000) {
      const times = requests
        .filter((one) => one.operation === 'LookupEvents' && one.account === account && one.region === region)
        .map(({ at }) => at);
      let peak = 0;
      for (let first = 0, last = 0; last < times.length; last++) {
        while ((times[last] as number) - (times[first] as number) >= windowMs) first++;
        peak = Math.max(peak, last - first + 1);
      }
      return peak;
    },
    clearRequests() {
      requests = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
