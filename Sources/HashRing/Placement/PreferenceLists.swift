/// For each shard, the members that hold it, the leader first: positions in order of identity.
///
/// All lists of a ring are equally long. They lie one behind the other in one array: a thousand small ones would cost
/// more to allocate than their contents to compute.
struct PreferenceLists: Hashable, Sendable {
    private let positions: [UInt16]
    /// The length of each list.
    private let length: Int

    /// Lists of `length` positions each.
    init(positions: [UInt16], length: Int) {
        self.positions = positions
        self.length = length
    }

    /// The list of the shard with this index.
    subscript(shard: Int) -> ArraySlice<UInt16> { positions[shard * length..<(shard + 1) * length] }
}
