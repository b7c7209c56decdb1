import Consensus

extension Mutation {
    /// Every deliberate fault, by name.
    static let all: [(name: String, fault: Mutation)] = [
        ("acknowledgeBeforeDurable", .acknowledgeBeforeDurable),
        ("voteBeforeDurable", .voteBeforeDurable),
        ("countOwnCopyEarly", .countOwnCopyEarly),
        ("commitOlderTermByCounting", .commitOlderTermByCounting),
        ("forgetVoteOnRestart", .forgetVoteOnRestart),
        ("applyConfigurationEarly", .applyConfigurationEarly),
        ("ignoreOutgoingHalf", .ignoreOutgoingHalf),
        ("readWithoutRound", .readWithoutRound),
        ("acceptOldTerm", .acceptOldTerm),
        ("voteTwice", .voteTwice),
        ("ignoreCandidateLog", .ignoreCandidateLog),
        ("skipPreviousCheck", .skipPreviousCheck),
        ("trustCommitBlindly", .trustCommitBlindly),
        ("alwaysTruncate", .alwaysTruncate),
        ("campaignWithUnappliedChange", .campaignWithUnappliedChange),
        ("changeWhileChanging", .changeWhileChanging),
        ("halfIsQuorum", .halfIsQuorum),
        ("countLearners", .countLearners),
        ("readBeforeOwnCommit", .readBeforeOwnCommit),
        ("installOldSnapshot", .installOldSnapshot),
        ("omitCommitHint", .omitCommitHint),
        ("applyBeforeDurable", .applyBeforeDurable),
        ("ignoreLeader", .ignoreLeader),
        ("skipCheckQuorum", .skipCheckQuorum),
        ("transferEarly", .transferEarly),
        ("skipPreVote", .skipPreVote),
        ("promoteEarly", .promoteEarly),
        ("ignoreFlowControl", .ignoreFlowControl),
        ("changeBeforeEstablished", .changeBeforeEstablished),
        ("ignoreAddressee", .ignoreAddressee),
        ("confirmTruncatedContent", .confirmTruncatedContent),
    ]
}
