/// A kind of check, as a value: what a plug-in is here. Created and changed at run time.
public struct Service: Hashable, Sendable {
    /// Whether the service forms and grants buckets.
    public enum State: String, Hashable, Sendable, CaseIterable { case active, paused, revoked }

    /// What a result says.
    public enum Schema: String, Hashable, Sendable { case verdict }

    /// `[a-z][a-z0-9-]{0,31}`.
    public let name: ServiceName
    /// What a result says; never changes.
    public let schema: Schema
    /// Whether it forms and grants buckets.
    public var state: State
    /// Everything that can be set.
    public var settings: ServiceSettings

    /// A service.
    public init(name: ServiceName, schema: Schema, state: State, settings: ServiceSettings) {
        self.name = name
        self.schema = schema
        self.state = state
        self.settings = settings
    }
}

/// The name of a service: `[a-z][a-z0-9-]{0,31}`.
public struct ServiceName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name itself.
    public let text: String

    /// `nil` when the name does not follow the rule.
    public init?(_ text: String) {
        let utf8 = Array(text.utf8)
        guard (1...32).contains(utf8.count), (0x61...0x7A).contains(utf8[0]),
            utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        self.text = text
    }

    package init(stored: String) { text = stored }

    /// The service where none is named: whether a user can be messaged.
    public static let dmcheck = ServiceName(stored: "dmcheck")

    /// By name.
    public static func < (lhs: ServiceName, rhs: ServiceName) -> Bool { lhs.text < rhs.text }
    /// The name.
    public var description: String { text }
}

/// The settings of a service, with the defaults of the interface. Durations are whole seconds.
public struct ServiceSettings: Hashable, Sendable {
    /// Tasks in a full bucket; the platform allows 180 look-ups in 15 minutes.
    public var bucketSize = 180
    /// How long a lease lasts before it must be renewed.
    public var leaseSeconds = 1200
    /// How long after its deadline a dead lease may still deliver.
    public var graceSeconds = 300
    /// How long a lease may last in all, however often it is renewed.
    public var maxLeaseSeconds = 7200
    /// Leases that a client may hold at once.
    public var maxOutstanding = 10
    /// Attempts after which a task is failed.
    public var maxAttempts = 5
    /// A task that waits longer raises the alarm of N8.
    public var maxWaitSeconds = 86400
    /// What is formed within the same so many seconds is one epoch.
    public var epochSeconds = 600
    /// How long a client that gave a bucket back is not given its users again.
    public var coolDownSeconds = 3600
    /// Agreeing observations of distinct clients that make a verdict.
    public var redundancy = 1
    /// How far discovery goes.
    public var maxDepth = 2
    /// Users that discovery may add in a day.
    public var dailyBudget = 100_000
    /// Accounts with more connections are skipped.
    public var maxConnections = 1000

    /// The defaults.
    public init() {}
}

/// The settings of the whole cluster.
public struct ClusterSettings: Hashable, Sendable {
    /// Who may register.
    public enum Enrollment: String, Hashable, Sendable { case open, invite }

    /// When a client counts as malfunctioning.
    public struct Malfunction: Hashable, Sendable {
        /// Whether the rules are applied.
        public var enabled = true
        /// The share of ended buckets that may have died, in thousandths (apply has no floating point).
        public var deadShareThousandths = 500
        /// Ended buckets before the share says anything.
        public var minimumBuckets = 10
        /// How many times its cap a client may be refused in a window for asking faster than it can check.
        public var windowFactor = 3

        /// The defaults.
        public init() {}
    }

    /// Who may register.
    public var enrollment = Enrollment.open
    /// Registrations a minute from one peer address.
    public var registrationsPerMinutePerSource = 120
    /// Requests a second from one client.
    public var requestsPerSecondPerClient = 100
    /// How long a node is dead before its replicas are replaced.
    public var replaceAfterSeconds = 300
    /// When a client counts as malfunctioning.
    public var malfunction = Malfunction()

    /// The defaults.
    public init() {}
}

/// What every shard must know of the registry to apply commands alone: all services and the settings, at one version.
public struct DomainConfiguration: Hashable, Sendable {
    /// The registry's version that this is; a shard ignores an older one.
    public var version: UInt64
    /// All services, by name.
    public var services: [Service]
    /// The cluster's settings.
    public var settings: ClusterSettings

    /// A configuration.
    public init(version: UInt64, services: [Service], settings: ClusterSettings) {
        self.version = version
        self.services = services
        self.settings = settings
    }
}
