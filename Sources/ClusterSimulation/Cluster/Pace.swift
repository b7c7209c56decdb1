/// How long things take, in milliseconds.
package struct Pace: Sendable {
    /// One transaction of a node's log.
    package var write = 1...8
    /// Now and then it takes this long.
    package var slowWrite = 200...1500
    package var slowWriteOneIn = 200
    /// Before a shard's applier gets to what waits for it.
    package var turn = 0...3
    /// Between two checkpoints of a shard's file.
    package var checkpoint = 2_000...8_000
    /// From one node to another.
    package var message = 0...5
    /// Now and then a message takes this long, and those behind it on its link wait.
    package var slowMessage = 20...200
    package var slowMessageOneIn = 200
    /// For a lost connection to be tried again.
    package var dialing = 5...200
    /// For a link without any sign of life to be given up.
    package var silence = 1_000...3_000
    /// For a snapshot to be sent.
    package var transfer = 5...500

    package init() {}
}
