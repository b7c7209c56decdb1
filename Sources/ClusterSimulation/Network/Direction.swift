/// From one node to another, by their numbers.
package struct Direction: Hashable, Sendable {
    package var from: Int
    package var to: Int

    package init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    /// The way back.
    package var reversed: Direction { Direction(from: to, to: from) }
}
