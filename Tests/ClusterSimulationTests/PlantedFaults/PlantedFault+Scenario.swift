import Checks
import ClusterSimulation

extension PlantedFault {
    /// Where it does harm, by name: what must happen for it to show.
    var scenario: (name: String, scenario: Scenario) {
        switch self {
        case .answerBeforeCommit, .expireEarly, .grantTwice, .acceptEnded, .acceptStrangers, .countReplays, .forgetKeys,
            .omitLastSlot, .localDraw, .keepName, .forgetTombstone, .closeEarly, .keepVerdicts, .forgetHistory,
            .repeatEvents, .loseEvents, .acknowledgeBeforeDurable:
            ("crashes", .planted(.crashes))
        case .commitAlone, .readWithoutAsking: ("partitions", .planted(.partitions))
        case .skipFence, .forgetCancel, .answerBeforeCancels: ("comings and goings", .comingsAndGoings)
        case .promoteEarly, .inheritVotes, .drainForgetsRegistry, .placeByGossip: ("changes", .planted(.changes))
        case .trustOwnClock: ("clocks", .planted(.clocks))
        }
    }
}

extension Scenario {
    /// Shorter than where nothing is expected to be found.
    fileprivate static func planted(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.length = min(scenario.length, .seconds(30))
        scenario.settling = .seconds(60)
        return scenario
    }
}
