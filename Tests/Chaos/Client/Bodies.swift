import Foundation

/// The bodies that the interface names, as far as this client sends or reads them.
enum Body {
    struct Registration: Encodable {
        struct Capability: Encodable {
            // More than anyone can check: what is granted is bounded by the leases that one may hold.
            var usersPerWindow = 1_000_000
            var windowSeconds = 900
        }
        var screenName: String
        var secret: String
        var capability = Capability()
    }

    struct Wish: Encodable { var count: Int }

    struct Leases: Decodable { var leases: [Lease] }

    struct Listing<Item: Decodable>: Decodable {
        var items: [Item]
        var nextCursor: String?
    }

    struct Lease: Decodable {
        var id: String
        var service: String
        var grantedAt: Moment
        var deadline: Moment
        var users: [User]
    }

    struct User: Codable { var screenName: String }

    struct Results: Encodable {
        struct Row: Encodable {
            var screenName: String
            var verdict: String
        }
        var results: [Row]
        var release: Bool
    }

    struct Reported: Decodable {
        struct Rejection: Decodable { var screenName: String }
        var accepted: Int
        var replayed: Int
        var discarded: Int
        var rejected: [Rejection]
    }

    struct Renewed: Decodable { var deadline: Moment }

    struct Addition: Encodable {
        struct Mark: Encodable {
            var service = "dmcheck"
            var priority: String
        }
        var users: [User]
        var mark: Mark
    }

    /// For marks and rechecks.
    struct Names: Encodable {
        var service = "dmcheck"
        var priority: String
        var users: [String]
    }

    struct Counts: Decodable {
        var unmarked: Int
        var pending: Int
        var bucketed: Int
        var leased: Int
        /// Tasks that are neither done nor failed.
        var waiting: Int { pending + bucketed + leased }
    }
}
