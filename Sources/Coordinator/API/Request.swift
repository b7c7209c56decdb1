import Checks
import HashRing

/// Everything a node is asked for, in the domain's words: what the HTTP layer makes of a call once its form is checked.
///
/// Each carries who calls. Who may call is decided here, so that one answer holds whichever face the call came through.
public enum Request: Sendable {
    /// A read whose caller takes what any replica says, and wants to know how old that may be: this node answers from what it
    /// holds, and asks others only for what it does not. Answered with ``Response/stale(_:seconds:)``.
    indirect case stale(Request)

    // Anyone
    /// Registers a client; `invite` is the text of an invite, if one came.
    case register(ClientID, Registration, invite: String?)

    // A client's own calls (operators where said)
    /// Only whether the caller is who it says, and of that kind: what a call with a bad form is answered after.
    case authenticate(Caller, as: Role)
    /// A `/results` body that was refused whole: authenticates, counts the fault, answers ``Response/done``.
    case malformedReport(Caller)
    case lease(Caller, LeaseOrder)
    case leases(Caller)
    case showLease(Caller, LeaseID)
    case renew(Caller, LeaseID)
    case report(Caller, LeaseID, rows: [ReportedResult], release: Bool)
    case giveBack(Caller, LeaseID)
    /// A lease id that no node can have made: authenticates, counts `unknownBucket`, then refuses with `leaseGone`.
    case unknownLease(Caller)
    /// The caller's own record, or anyone's for an operator.
    case client(Caller, ClientID)
    case unregister(Caller, ClientID)

    // Operators
    case clients(Caller, PageRequest)
    case activity(Caller, ClientID, from: Timestamp?, to: Timestamp?, PageRequest)
    case quarantine(Caller, ClientID, reason: String)
    case reinstate(Caller, ClientID)
    case reset(Caller, ClientID)

    /// At most ``Limits/usersPerRequest`` rows; a longer import comes as several.
    case addUsers(Caller, [UserReference], mark: Marking?)
    case users(Caller, UserFilter, PageRequest)
    case user(Caller, ScreenName, asOf: Timestamp?)
    case userEvents(Caller, ScreenName, PageRequest)
    case deleteUser(Caller, ScreenName)
    case mark(Caller, [ScreenName], Marking)
    case markUnmarked(Caller, Marking)
    case recheck(Caller, [ScreenName], Marking)
    case recheckOlder(Caller, thanSeconds: Int, Marking)
    case counts(Caller, ServiceName)
    case export(Caller, ServiceName, PageRequest)

    case services(Caller)
    case service(Caller, ServiceName)
    /// Creates the service or changes the settings named.
    case putService(Caller, ServiceName, ServiceChange)
    case setServiceState(Caller, ServiceName, Service.State)
    case settings(Caller)
    case putSettings(Caller, ClusterSettings)
    /// Changes the settings named, and no others.
    case patchSettings(Caller, SettingsChange)
    case createInvite(Caller, uses: Int, expiresInSeconds: Int)

    // Nodes
    /// A newcomer shows a join token; answered with the registry that holds it, for that node alone.
    case join(Newcomer)
    case createJoinToken(Caller, uses: Int, expiresInSeconds: Int)
    /// Moves everything away from the node of that name.
    case drainNode(Caller, name: String)
    /// The same, and then out of the cluster.
    case removeNode(Caller, name: String)
    /// Has the node of that name lead the shard, with a replica there first.
    case moveShard(Caller, ShardID, to: String)

    case cluster(Caller, digest: Bool)
    case statistics(Caller)
    /// Whether every shard has a leader that this node reaches; open to anyone.
    case readiness
}

/// A node that wants to become a member.
public struct Newcomer: Hashable, Sendable {
    /// Its identity, minted with its folder.
    public var node: NodeID
    /// For people; no other member may have it.
    public var name: String
    /// Where clients reach it.
    public var http: String
    /// Where peers reach it.
    public var peer: String
    /// Where it stands.
    public var zone: String
    /// Its share of the shards against others'.
    public var weight: Int
    /// SHA-256 of its token's secret.
    public var tokenDigest: [UInt8]
    /// The newest version of commands that its program applies.
    public var stateVersion: UInt32

    /// Puts one together.
    public init(
        node: NodeID, name: String, http: String, peer: String, zone: String, weight: Int, tokenDigest: [UInt8],
        stateVersion: UInt32 = StateVersion.newest
    ) {
        self.node = node
        self.name = name
        self.http = http
        self.peer = peer
        self.zone = zone
        self.weight = weight
        self.tokenDigest = tokenDigest
        self.stateVersion = stateVersion
    }
}

/// Who calls: what the bearer token says, not yet believed.
public enum Caller: Hashable, Sendable {
    /// No token, or none that has the form of one.
    case nobody
    case client(ClientID, SecretHash)
    /// `name` without `op-`.
    case `operator`(name: String, SecretHash)
}

/// What kind of caller a call wants.
public enum Role: Hashable, Sendable { case client, `operator`, either }

/// A lease request.
public struct LeaseOrder: Hashable, Sendable {
    /// What is to be checked.
    public var service: ServiceName
    /// 1 or more; clamped to the cap.
    public var count: Int
    /// 0 to 30.
    public var waitSeconds: Int
    /// The `Idempotency-Key`, if one came.
    public var key: Reservation.Key?

    /// Puts one together.
    public init(service: ServiceName, count: Int, waitSeconds: Int, key: Reservation.Key?) {
        self.service = service
        self.count = count
        self.waitSeconds = waitSeconds
        self.key = key
    }
}

/// A part of a listing over all shards; `cursor` is what the part before gave, opaque to callers.
public struct PageRequest: Hashable, Sendable {
    /// `nil`: from the beginning.
    public var cursor: [UInt8]?
    /// 1 to 1000.
    public var limit: Int

    /// Puts one together.
    public init(cursor: [UInt8]? = nil, limit: Int = 100) {
        self.cursor = cursor
        self.limit = limit
    }
}

/// The settings of a service that a call names; `nil` leaves as it is (or the default for a new one).
public struct ServiceChange: Hashable, Sendable {
    /// Counts when the service is created; must not differ later.
    public var schema: Service.Schema?
    /// Applied in order.
    public var settings: [Setting]

    /// One setting.
    public struct Setting: Hashable, Sendable {
        /// Which.
        public var name: ServiceSettingName
        /// Its new value.
        public var value: Int
        /// Puts one together.
        public init(name: ServiceSettingName, value: Int) {
            self.name = name
            self.value = value
        }
    }

    /// Puts one together.
    public init(schema: Service.Schema?, settings: [Setting]) {
        self.schema = schema
        self.settings = settings
    }
}

/// The settings of a service by their names in the interface.
public enum ServiceSettingName: String, Hashable, Sendable, CaseIterable {
    case bucketSize, leaseSeconds, graceSeconds, maxLeaseSeconds, maxOutstanding, maxAttempts, maxWaitSeconds,
        epochSeconds
    case coolDownSeconds, redundancy, maxDepth, dailyBudget, maxConnections

    /// The smallest value allowed.
    public var minimum: Int {
        switch self {
        case .graceSeconds, .coolDownSeconds, .maxDepth: 0
        default: 1
        }
    }

    /// Where the setting lives.
    public var keyPath: any WritableKeyPath<ServiceSettings, Int> & Sendable {
        switch self {
        case .bucketSize: \.bucketSize
        case .leaseSeconds: \.leaseSeconds
        case .graceSeconds: \.graceSeconds
        case .maxLeaseSeconds: \.maxLeaseSeconds
        case .maxOutstanding: \.maxOutstanding
        case .maxAttempts: \.maxAttempts
        case .maxWaitSeconds: \.maxWaitSeconds
        case .epochSeconds: \.epochSeconds
        case .coolDownSeconds: \.coolDownSeconds
        case .redundancy: \.redundancy
        case .maxDepth: \.maxDepth
        case .dailyBudget: \.dailyBudget
        case .maxConnections: \.maxConnections
        }
    }
}
