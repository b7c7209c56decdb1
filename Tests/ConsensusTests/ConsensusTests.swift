import Testing
import Consensus
