/// From one node to another, by their numbers.
struct Path: Hashable, Sendable {
    let sender: Int
    let receiver: Int

    var reversed: Path { Path(sender: receiver, receiver: sender) }
}
