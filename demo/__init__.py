"""The fictional firm 栖舟货运云 Qizhou Freight Cloud: thirteen weeks of a freight platform, written out as files to be brought in."""
