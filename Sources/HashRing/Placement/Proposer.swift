/// One node's proposals: every shard once, in an order of the node's own, one in each interval.
///
/// Where in its interval a proposal falls, its phase, goes by the golden ratio's multiples modulo one, which spread evenly.
/// One phase for all of a node's proposals would put the whole node early or late, and its load by half a replica up or down.
///
/// The order is a uniform permutation, drawn one step at a time (Fisher and Yates), and depends on the node's identity
/// and the number of shards alone.
struct Proposer {
    /// Ticks, as a power of two, in which a node proposes itself to as many shards as its pace says.
    static let unitBits = 40

    private var mixer: Mixer
    private var order: [UInt16]
    private var position = 0
    private let interval: UInt64
    /// When the interval of the next proposal begins, and which part of it, in units of 2^-64, passes before the proposal.
    private var opening: UInt64 = 0
    private var phase: UInt64

    /// The proposals of a node.
    ///
    /// - Parameters:
    ///   - pace: proposals in a unit of time; above zero. It is made by IEEE additions, multiplications and divisions
    ///     only, which give the same bits on every machine.
    ///   - shards: every shard, in any order that is the same for all.
    init(node: NodeID, pace: Double, shards: [UInt16]) {
        mixer = Mixer(node: node)
        order = shards
        interval = UInt64(Double(UInt64(1) << UInt64(Self.unitBits)) / pace)
        phase = mixer.next()
    }

    /// When the next proposal is due.
    var time: UInt64 { opening + interval.multipliedFullWidth(by: phase).high }

    /// Whether every shard has had its proposal.
    var isExhausted: Bool { position == order.count }

    /// The shard of the proposal that is due.
    mutating func propose() -> Int {
        let other = position + mixer.next(below: order.count - position)
        order.swapAt(position, other)
        let shard = order[position]
        position += 1
        opening += interval
        phase &+= Mixer.gamma
        return Int(shard)
    }
}
