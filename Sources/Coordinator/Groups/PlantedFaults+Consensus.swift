import Checks
import Consensus

extension PlantedFaults {
    /// What of them is done by consensus; with any of them it notes what is broken.
    var ofConsensus: Mutation {
        var mutations: Mutation = isEmpty ? [] : .elsewhere
        if contains(.commitAlone) { mutations.insert(.halfIsQuorum) }
        if contains(.promoteEarly) { mutations.insert(.promoteEarly) }
        if contains(.acknowledgeBeforeDurable) {
            mutations.formUnion([.acknowledgeBeforeDurable, .countOwnCopyEarly, .applyBeforeDurable])
        }
        return mutations
    }
}
