import Crypto

/// What an opener remembers of those that it has heard. Only who holds a key gets in, for a row is made after the first
/// datagram was found genuine; and of too many the one that was heard longest ago goes.
struct Senders {
    private var rows: [UInt128: SenderState] = [:]
    private var clock: UInt64 = 0

    var count: Int { rows.count }

    /// The subkey that this sender used last, if it is of this key and life: spares its derivation.
    func subkey(of header: SealHeader) -> SymmetricKey? {
        guard let state = rows[header.sender], state.life == header.life, let subkey = state.subkey else { return nil }
        return subkey.key == header.key ? subkey.secret : nil
    }

    /// The keyring is another one: subkeys are derived anew, what was seen stays seen.
    mutating func forgetSubkeys() {
        for sender in rows.keys { rows[sender]?.subkey = nil }
    }

    /// Notes a genuine datagram; `false` when it was noted before or is from before the sender's last start.
    mutating func admit(_ header: SealHeader, openedWith secret: SymmetricKey) -> Bool {
        if rows[header.sender] == nil { makeRoom() }
        clock += 1
        return rows[header.sender, default: SenderState(life: header.life)]
            .admit(header, openedWith: secret, at: clock)
    }

    /// O(n), and only beyond the largest cluster.
    private mutating func makeRoom() {
        guard rows.count >= WireLimits.senders, let oldest = rows.min(by: { $0.value.heard < $1.value.heard }) else {
            return
        }
        rows[oldest.key] = nil
    }
}

/// What is remembered of one sender: its newest life, and what was seen of that.
private struct SenderState {
    var life: Life
    var window = ReplayWindow()
    /// The subkey that opened its last datagram, and of which key it is. One is enough: a sender changes once.
    var subkey: (key: UInt32, secret: SymmetricKey)?
    /// When it was last heard, by the opener's count.
    var heard: UInt64 = 0

    init(life: Life) { self.life = life }

    mutating func admit(_ header: SealHeader, openedWith secret: SymmetricKey, at time: UInt64) -> Bool {
        guard life <= header.life else { return false }
        if life < header.life { self = SenderState(life: header.life) }
        guard window.admit(header.counter) else { return false }
        heard = time
        subkey = (header.key, secret)
        return true
    }
}
