/// What happens to packets.
package struct Conduct: Sendable {
    /// How long each of them takes, in seconds; one does not overtake another by this.
    package var delay = 0.0...0.0
    /// How many of a hundred are lost.
    package var loss = 0
    /// How many of a hundred are held back while others overtake them.
    package var reordered = 0
    /// How long those are held back, in seconds.
    package var held = 0.005...0.04

    package init() {}
}
