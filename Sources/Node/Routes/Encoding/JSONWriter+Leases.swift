import Checks

extension JSONWriter {
    /// - Parameter now: decides whether the lease is dead or slow.
    mutating func write(_ lease: LeaseRecord, now: Timestamp) {
        object { $0.members(of: lease, now: now) }
    }

    mutating func members(of lease: LeaseRecord, now: Timestamp) {
        let half = (lease.grantedAt.milliseconds + lease.deadline.milliseconds) / 2
        field("id", lease.id.description)
        field("service", lease.service.text)
        field("grantedAt", time: lease.grantedAt)
        field("deadline", time: lease.deadline)
        field("state", now > lease.deadline ? "dead" : "open")
        field("slow", !lease.reported && now.milliseconds > half)
        field("attempt", lease.attempt)
        array("users") { for user in lease.users { $0.write(user) } }
        field("remaining", lease.users.count)
    }

    mutating func write(_ user: UserReference) {
        object { $0.members(of: user) }
    }

    mutating func members(of user: UserReference) {
        field("screenName", user.screenName.folded)
        field("accountID", ifPresent: user.accountID?.digits)
    }
}
