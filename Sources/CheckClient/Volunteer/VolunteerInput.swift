import Foundation

/// Names one call of a volunteer.
package struct CallID: Hashable, Sendable {
    package let rawValue: Int
}

/// What a volunteer is told.
package enum VolunteerInput: Sendable {
    /// Begin.
    case start
    /// A call ended; `nodeTime` is the node's clock when it answered.
    case answer(CallID, VolunteerAnswer, nodeTime: Date? = nil)
    /// The checker found something out about a user of a lease.
    case found(lease: String, CheckResult)
    /// The checker's session for a lease is over; `failure` says why, if it was not meant to be.
    case sessionEnded(lease: String, failure: String?)
    /// The checker wrote something that is no result.
    case unreadable(lease: String, String)
    /// The time asked for has come.
    case wake
    /// Stop cleanly: deliver what is there, give the rest back. A second time: stop at once.
    case stop
}

/// How a call ended.
package enum VolunteerAnswer: Sendable {
    case registered
    case leases([Lease])
    case granted(Grant)
    case renewed(Renewal)
    case received(Receipt)
    case givenBack
    case failed(ClientError)
}
