import Checks
import Consensus

extension PlantedFaults {
    /// What of them is done by consensus.
    var ofConsensus: Mutation {
        var mutations: Mutation = []
        if contains(.commitAlone) { mutations.insert(.halfIsQuorum) }
        if contains(.promoteEarly) { mutations.insert(.promoteEarly) }
        if contains(.acknowledgeBeforeDurable) {
            mutations.formUnion([.acknowledgeBeforeDurable, .countOwnCopyEarly, .applyBeforeDurable])
        }
        return mutations
    }
}
