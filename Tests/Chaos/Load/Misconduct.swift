/// What all volunteers do at once while a fault of theirs lasts.
enum Misconduct: Sendable {
    /// End in the middle of a submit and come again, knowing nothing but who they are.
    case dying
    /// Report after the lease has expired.
    case late
    /// Report under the leases of others, and give those back.
    case stranger
    /// Say that they are others, and name users and leases that they were not given.
    case lying
}
