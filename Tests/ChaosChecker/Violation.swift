/// Something that must never be so, as a history shows it.
package struct Violation: Codable, Sendable, Hashable {
    package enum Invariant: String, Codable, Sendable, CaseIterable {
        /// Two live leases of one service with one user.
        case i1 = "I1"
        /// An acknowledged write is not there.
        case i2 = "I2"
        /// A result counted that came from another than the holder, under a lease that had ended, or for a user that was not in it.
        case i3 = "I3"
        /// A client's accounts do not balance.
        case i4 = "I4"
        /// A deleted user is back.
        case i5 = "I5"
        /// A task has not ended.
        case i6 = "I6"
        /// History was overwritten.
        case i7 = "I7"
        /// Replicas differ.
        case i8 = "I8"
        /// A node without a majority acknowledged a write.
        case lone = "minority"
        /// A node ended by itself, did not come back, answered 500 or what nobody can read; or nothing was tested.
        case run = "run"
    }

    package var invariant: Invariant
    package var text: String

    package init(_ invariant: Invariant, _ text: String) {
        self.invariant = invariant
        self.text = text
    }
}
