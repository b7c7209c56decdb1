/// Deliberate faults, one per rule that keeps a group safe, for the tests that show each rule is guarded. Empty in
/// every program; it can be set from this package's tests only.
package struct Mutation: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    private static func fault(_ bit: UInt64) -> Mutation { Mutation(rawValue: 1 << bit) }

    /// Append acknowledgements leave before the entries are on disk.
    package static let acknowledgeBeforeDurable = fault(0)
    /// A vote leaves before it is on disk.
    package static let voteBeforeDurable = fault(1)
    /// A leader counts its own copy before it is on disk.
    package static let countOwnCopyEarly = fault(2)
    /// Entries of an older term are committed by counting copies.
    package static let commitOlderTermByCounting = fault(3)
    /// The vote is forgotten over a restart.
    package static let forgetVoteOnRestart = fault(4)
    /// A configuration counts as soon as it is appended, on the replica that appends it, pending ones notwithstanding.
    package static let applyConfigurationEarly = fault(5)
    /// In the joint phase the incoming half alone decides.
    package static let ignoreOutgoingHalf = fault(6)
    /// A read is served without a quorum round.
    package static let readWithoutRound = fault(7)
    /// An append of an older term is accepted.
    package static let acceptOldTerm = fault(8)
    /// A second vote in the same term is granted.
    package static let voteTwice = fault(9)
    /// A candidate's log is not compared.
    package static let ignoreCandidateLog = fault(10)
    /// The entry before an append is not compared.
    package static let skipPreviousCheck = fault(11)
    /// A follower believes a commit index beyond what it has verified.
    package static let trustCommitBlindly = fault(12)
    /// Every append cuts the log behind it, also a late one.
    package static let alwaysTruncate = fault(13)
    /// A replica campaigns although a committed configuration is not applied.
    package static let campaignWithUnappliedChange = fault(14)
    /// A second change starts before the first is finished.
    package static let changeWhileChanging = fault(15)
    /// Half of the voters are enough.
    package static let halfIsQuorum = fault(16)
    /// Learners count as voters.
    package static let countLearners = fault(17)
    /// A read takes the commit index before the leader has committed in its own term.
    package static let readBeforeOwnCommit = fault(18)
    /// A snapshot is installed although the log is further.
    package static let installOldSnapshot = fault(19)
    /// The commit index is not written along with entries.
    package static let omitCommitHint = fault(20)
    /// Entries are handed out before they are on the replica's own disk.
    package static let applyBeforeDurable = fault(21)
    /// No loyalty to a leader that was heard a moment ago.
    package static let ignoreLeader = fault(22)
    /// A leader that hears nobody stays in office.
    package static let skipCheckQuorum = fault(23)
    /// A transfer does not wait until the successor has everything.
    package static let transferEarly = fault(24)
    /// A campaign starts without asking whether it could be won.
    package static let skipPreVote = fault(25)
    /// A learner is promoted however far it is behind.
    package static let promoteEarly = fault(26)
    /// Appends are sent without regard to what is in flight.
    package static let ignoreFlowControl = fault(27)
    /// A change starts before the leader has applied an entry of its own term.
    package static let changeBeforeEstablished = fault(28)
    /// Replicas take messages that are meant for another replica.
    package static let ignoreAddressee = fault(29)
    /// What is acknowledged while an older write is under way counts as covered by it.
    package static let confirmTruncatedContent = fault(30)
    /// What an asker or a refuser knows to be committed is not taken up.
    package static let ignoreCommitOfOthers = fault(31)
    /// A follower that needs what was compacted while appends were in flight is sent nothing.
    package static let stallBelowBase = fault(32)
    /// No fault in here: one elsewhere may break what consensus relies on, and is then noted instead of ending the process.
    package static let elsewhere = fault(63)
}
