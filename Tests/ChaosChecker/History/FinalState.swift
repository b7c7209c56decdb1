/// What the cluster says of itself when all faults are healed and the work has ended.
package struct FinalState: Codable, Sendable {
    package struct User: Codable, Sendable {
        /// The state of its task.
        package var state: String
        package var verdicts: [Verdict]

        package init(state: String, verdicts: [Verdict]) {
            self.state = state
            self.verdicts = verdicts
        }
    }

    package struct Verdict: Codable, Sendable {
        package var verdict: String
        package var validFrom: Double
        package var validTo: Double?
        package var clients: [String]
        package var leases: [String]

        package init(verdict: String, validFrom: Double, validTo: Double?, clients: [String], leases: [String]) {
            self.verdict = verdict
            self.validFrom = validFrom
            self.validTo = validTo
            self.clients = clients
            self.leases = leases
        }
    }

    /// A client's statistics.
    package struct Client: Codable, Sendable {
        package var assigned: Int
        package var done: Int
        package var released: Int
        package var held: Int
        /// Accepted results, of any verdict.
        package var results: Int?
        /// Whether it is registered, as the interface has it.
        package var state: String?

        package init(
            assigned: Int, done: Int, released: Int, held: Int, results: Int? = nil, state: String? = nil
        ) {
            self.assigned = assigned
            self.done = done
            self.released = released
            self.held = held
            self.results = results
            self.state = state
        }
    }

    /// What a replica says of what it holds.
    package struct Replica: Codable, Sendable {
        package var node: String
        package var digest: String?
        /// The applied index at which the digest was made; nil when the node does not say.
        package var index: UInt64?

        package init(node: String, digest: String?, index: UInt64? = nil) {
            self.node = node
            self.digest = digest
            self.index = index
        }
    }

    /// Only the users that exist.
    package var users: [String: User] = [:]
    /// Whom the export names.
    package var exported: Set<String> = []
    package var clients: [String: Client] = [:]
    /// The leases of those who are gone were waited for: none lives any more.
    package var hasEnded = false
    /// Tasks that are neither done nor failed, as the counts say.
    package var waiting = 0
    package var shards: [String: [Replica]] = [:]

    package init() {}

    /// Older runs did not wait for the last leases.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        users = try container.decode([String: User].self, forKey: .users)
        exported = try container.decode(Set<String>.self, forKey: .exported)
        clients = try container.decode([String: Client].self, forKey: .clients)
        hasEnded = try container.decodeIfPresent(Bool.self, forKey: .hasEnded) ?? false
        waiting = try container.decode(Int.self, forKey: .waiting)
        shards = try container.decode([String: [Replica]].self, forKey: .shards)
    }

    /// Whether every replica of every shard has said what it holds, those of one shard at one index.
    package var isDigested: Bool {
        !shards.isEmpty
            && shards.values.allSatisfy { replicas in
                replicas.allSatisfy { $0.digest != nil } && Set(replicas.map(\.index)).count == 1
            }
    }
}
