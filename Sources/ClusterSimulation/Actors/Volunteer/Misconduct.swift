import Checks
import Coordinator

/// What all volunteers do at once while it lasts.
enum Misconduct: CaseIterable {
    /// End in the middle of each submit and come again, knowing nothing but who they are.
    case dying
    /// Report what they hold when the lease must have expired.
    case late
    /// Report under the leases of others, renew those and give them back.
    case stranger
    /// Say that they are others, name leases that never were, and users that they were not given.
    case lying
}

/// What nobody has a right to, and must be refused.
enum Offence {
    /// Another's lease is given back, or renewed.
    case trespass(Hall.Lease, givesBack: Bool)
    /// Under a lease that never was.
    case invention(LeaseID, [ReportedResult])
    /// Under a lease of its own, for users that are not in it too.
    case overreach(LeaseID, [ReportedResult])
    /// In the name of another, with its own secret.
    case pose(Request)
}
