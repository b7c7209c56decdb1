extension SimulatedCluster {
    /// Nothing gets through from one to the other, and, unless it is `oneWay`, back.
    package func cut(_ one: SimulatedNode, _ other: SimulatedNode, oneWay: Bool = false) {
        let way = Direction(from: one.number, to: other.number)
        network.cut(way)
        if !oneWay { network.cut(way.reversed) }
    }

    /// These nodes, and all the others: neither side hears the other. With `oneWay` only this side is not heard.
    package func partition(_ side: [SimulatedNode], oneWay: Bool = false) {
        for one in side {
            for other in nodes where !side.contains(where: { $0 === other }) { cut(one, other, oneWay: oneWay) }
        }
    }

    /// Everything gets through again.
    package func mendCuts() {
        for direction in network.cuts.sorted(by: { $0.sortKey < $1.sortKey }) { network.mend(direction) }
    }

    /// One datagram in so many is lost; 0: none.
    package func loseDatagrams(oneIn times: Int) { network.lossOneIn = times }
}
