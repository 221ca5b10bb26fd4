"""The words by which an answer is judged: those that could stand under any case, and those that belong to one.

Each constant is a part of a pattern; `answer_quality` says what has to stand beside what.
"""

# What only repeats the complaint, and phrases that are taken out whole.
ECHO = (
    r"(?:关于|针对|对于|对|就)?(?:您|你|业主|居民|住户)们?所?(?:反映|反馈|投诉|提出|咨询|报修|说|诉求|上报)的?"
    r"[^，。,.；;！!\n]{0,20}?(?:问题|情况|事项|事情|诉求|意见|建议|事宜)|[^，。,.；;！!\n是]{0,20}?(?:(?<![没无])问题|的事情?(?![故])|的情况)|"
    r"(?:^|[，。,.；;！!\s])(?:关于|针对|对于|就)[^，。,.；;！!\n]{0,20}(?=[，。,.；;！!\n])"
)
PHRASES = (
    r"收到|得到|接到|转到|记下来|包在[^，。]{0,4}身上|不用谢|"
    r"请[^，。,.；;！!\n]{0,4}(?:联系|咨询|拨打|致电|找|到)[^，。,.；;！!\n]{0,6}(?:管家|客服|物业|前台|我们|服务中心)[^，。,.；;！!\n]{0,6}|"
    r"(?:已|电话|微信|上门|及时|主动)*(?:联系|沟通|答复|回复|告知|反馈|解释)(?:过|了|给)?(?:您|业主|住户|居民|当事人)(?:本人)?|"
    r"感谢[^，。,.；;！!\n]{0,24}|谢谢[^，。,.；;！!\n]{0,16}|敬请[^，。,.；;！!\n]{0,16}|祝[您你大各全][^，。,.；;！!\n]{0,16}|"
    r"请[^，。,.；;！!\n]{0,6}(?:耐心|稍|谅解|放心|见谅|理解|等待)[^，。,.；;！!\n]{0,8}|"
    r"给[^，。,.；;！!\n]{0,8}(?:带来|造成)[^，。,.；;！!\n]{0,12}|"
    r"(?:杜绝|避免|防止)[^，。,.；;！!\n]{0,16}(?:发生|出现|再犯)|"
    r"(?:按照?|依照|根据|依据|遵照)[^，。,.；;！!\n]{0,12}(?:规定|流程|程序|要求|制度|合同|约定|法规|办法|职责|标准)(?:约定)?|"
    r"(?:与|和|跟|同|向)?(?:您|业主|住户|居民|当事人|投诉人)(?:本人)?(?:电话)?(?:取得)?(?:联系|沟通|解释|说明|答复|回复|告知|反馈)|"
    r"(?:获得|取得|得到)?(?:您|业主|住户|居民|其|对方)的?(?:已)?(?:表示|比较|非常|很)*(?:理解|满意|认可|同意|接受|无异议)了?|"
    r"为(?:您|业主|大家|住户|广大业主)[^，。,.；;！!\n]{0,12}|(?:等候?|等待|等)(?:公司|领导|上级|上面)?的?(?:通知|回复|批复|答复|结果|消息)|另行通知"
)
# Of these only the first word is left: it makes vague what it stands beside.
MORE_OF_IT = r"(加强|强化|改进|提升|提高|优化|完善|改善|规范|加大)[^，。,.；;！!\n]{0,12}"
# What is wrong, said alone.
FAULT_ALONE = (
    r"^(?:没|不|没有|是|确实|就是|是因为)?[一-鿿]{0,2}"
    r"(?:漏|堵|坏|断|松|裂|锈|爆|烧|跳闸|停电|停水|短路|老化|卡住|进水)了?$"
)

# Words that could stand under any complaint, in classes only for the reader's sake.
WHO = (
    "我们公司|我们物业|我公司|我司|我们|我方|我处|我部|本公司|本物业|咱们|你们|您们|大家|我|您|你|咱|物业服务中心|物业服务企业|物业公司|物业|"
    "公司|企业|单位|客服中心|服务中心|管理处|项目部|项目上|项目经理|项目|小区|社区内|业主们|广大业主|业主|住户|居民|市民|群众|用户|客户|先生|女士|"
    "工作人员|相关人员|有关人员|维修人员|物业人员|专业人员|技术人员|服务人员|管理人员|责任人员?|负责人|专人|人员|专员|员工|同事|同志|领导|"
    "上级|主管|经理|客服|维修部门|工程部门|维修部|工程部|工程|客服部|相关部门|有关部门|职能部门|责任部门|各部门|主管部门|部门|科室|师傅们?|工人|维修工|各方|"
    "双方|对方|第三方|上面|上头|团队|人手|人(?!行)|谁|有关|相关|职能|专业|各相|各"
)
POLITE = (
    "尊敬的|亲爱的|您好|你好|大家好|早上好|下午好|晚上好|谢谢|感谢|多谢|不客气|抱歉|对不起|不好意思|深表|深感|歉意|道歉|致歉|请|麻烦|谅解|"
    "多包涵|不周|辛苦|注意|着急|慌|麻烦|添|契机|引以为戒|虚心|批评|追求|条件|具备|范围|历史遗留|复杂|涉及|见谅|理解|支持|配合|监督|关心|信任|厚爱|包容|体谅|放心|安心|耐心|稍等|稍候|"
    "等待|等候|等着|再等|等等|等|祝愿?|愉快|幸福|健康|顺利|吉祥|"
    "生活|工作|心情|宝贵|意见|建议|来电|来信|来访|留言|提醒|批评|指正|欢迎|随时|敬请|敬上|此致|敬礼|阖家|用心|用情|贴心|暖心|竭诚|诚挚|诚恳|"
    "衷心|由衷|一定|必定|必将|务必|保证|承诺|遗憾|打扰|不便|不变|带来|造成|困扰|影响|美好|温馨|家园|营造|环境|排忧解难|责无旁贷|义不容辞|全心全意"
)
HOW = (
    "高度|十分|非常|相当|特别|极其|很|最|更|比较|重视|关注|认真|妥善|积极|全力|尽全力|竭力|尽力|努力|第一时间|及时|尽快|尽早|尽量|抓紧|加紧|"
    "加快|赶紧|赶快|快速|迅速|立即|立刻|立马|马上|现在|目前|当前|正在|正|持续|不断|继续|进一步|逐步|严格|严肃|切实|有效|积极地|地|统筹|择机|"
    "酌情|适时|后续|后期|今后|以后|随后|稍后|之后|接下来|近期|近日|日后|将来|未来|届时|到时|长期|短期|全面|全程|严密|密切|早日|尽可能|可能|或许|"
    "应该|应当|应|争取|力争|预计|估计|计划|打算|准备|将会|将|会|要|想|能够|能|可以|可|需要|需|必须|得|已经|已|均|都|也|还|再|又|就|才|便|"
    "刚刚|刚|正式|统一|专门|重点|优先|直接|暂时|暂|先|后|一直|始终|总|大力|着力|着手|有力|良好|满意"
)
PROCEDURE = (
    "责令|限期|属地|查看|纳入|计划|召开|消息|协商|申请|方面|身上|流转|维修|修复|报修|修理|检修|抢修|收到|得到|接到|接获|获悉|知悉|知晓|知道|明白|了解|掌握|清楚|已阅|阅|签收|接单|"
    "收悉|受理|登记|记录|记下|备案|报备|在案|录入|系统|台账|清单|纳入|列入|"
    "转交|转给|转发|转达|转办|转派|转至|转到|移交|交由|交给|交办|派单|下派|派发|派工|派|下发|下达|工单|单子|反馈|反映|上报|汇报|报告|报给|报到|上呈|提交|"
    "请示|审批中|研究|讨论过|商量|商讨|考虑|评估|研判|分析|核实|核查|查实|查证|调查|检查|排查|跟进|跟踪|跟|督促|督办|督导|责成|敦促|催促|催办|催|协调|沟通|联系|联络|"
    "对接|通知|告知|告诉|回复|答复|回应|响应|解释|说明|安抚|回访|处理|处置|解决|办理|办结|办|落实|整改|改正|改进|改|完善|提升|提高|加强|强化|规范|优化|推进|推动|"
    "执行|实施|进行|开展|组织|安排|部署|布置|采取|措施|手段|方案|办法|方法|举措|行动|制定|制订|管理|服务|品质|质量|水平|效率|意识|态度|力度|能力|职责|责任|义务|流程|程序|规定|"
    "制度|要求|标准|合同|约定|法律|法规|相应|对应|批评|教育|培训|约谈|强调|会议|开会|问责|追责|考核|压实|闭环|形成|到位|举一反三|立行立改|即知即改|应改尽改|"
    "应办尽办|属实|情况|问题|事情|事项|事宜|此事|这事|该事|这个|那个|此类|该|此|这|那|其|诉求|投诉|举报|工作|事务|任务|事|进度|进展|结果|结论|效果|状态|完成|完毕|完结|"
    "结束|搞定|弄好|做好|办好|处好|妥当|完|好|行|是的|是|对|嗯|哦|噢|啊|呀|哈|呵|嘿|嘻|哎|唉|呢|吧|吗|嘛|喔|收|走流程|走程序|走|等待中|中|内|里|"
    "不归我们管|不归我管|不归物业管|管不了|没办法|没法|无法|不能|不行|不清楚|不知道|不了解|不管|暂无|没有|没|不|无|归我们管|管"
)
OFFICIAL = (
    "成立|本月|够|重点|介入|启动|应急|预案|展开|采纳|进入|就此|此次|本次|本着|立足|秉承|秉持|坚持|贯彻|重申|全过程|高效|有序|稳步|深入|扎实|细致|耐心|主动|担当|作为|务实|从严|从快|从重|从速|"
    "过程|环节|阶段|机制|体系|专班|小组|领导小组|专题|专项|行动|活动|整治|治理|自查|自纠|剖析|反思|总结|吸取|教训|经验|根源|源头|根本|彻底|标本兼治|常态化|长效|精细化|规范化|"
    "标准化|人性化|智能化|网格化|底线|红线|初心|使命|宗旨|理念|原则|目标|追踪|回音|着落|交代|说法|名义|代表|全体|上下|各级|层面|角度|立场|诉求人|来电人|反映人|当事|"
    "相应|予以|给予|加以|得以|有所|有待|敬业|精神|作风|纪律|规章|培养|教导|引导|宣传|倡导|呼吁|号召|普及|知识|素质|素养|专心|尽职|尽责|履职|履行|履约|失职|严惩|绝不|决不|姑息|"
    "推诿|扯皮|敷衍|拖延|拖沓|逐一|逐项|逐条|一一|逐个|对照|结合|实际|围绕|聚焦|紧盯|盯|抓|抓好|抓实|抓细|狠抓|严抓|夯实|筑牢|守护|守住|保障|确保|维护|权益|利益|合理|合法|正当|"
    "满足|实现|达到|达成|一致|共识|共同|共建|共治|共享|和谐|文明|安全感|幸福感|获得感|满意度|好评|评价|五星|打分|评分|支付|关爱|温暖|便捷|便利|优质|高质量|放在|首位|心上|心里|"
    "口头|书面|当面|微信群|群里|私信|短信|邮件|热线|平台|渠道|窗口|值班|值守|在岗|轮班|全天候|时刻|随叫随到|有求必应|说到做到|言而有信|负责|负起|承担|担责|追究|严处|处分|处罚|"
    "内部|外部|公司层面|总部|集团|上层|高层|董事|老板|总经理|办公室|综合部|秩序部|环境部|保洁部|运营|品控|督查|质检|抽查|巡查|巡检|日常|定期|不定期|每日|每周|每月|加班|加点|"
    "连夜|通宵|克服|困难|难点|难度|挑战|压力|客观|主观|因素|原因|情形|现象|行为|做法|表现|状况|局面|形势|程度|实属|确实|的确|真的|真实|基本|大致|初步|最终|最后|圆满|妥处|善后|"
    "收尾|扫尾|后续性|跟进中|调解|调处|化解|矛盾|纠纷|投诉人|诉求方|回电|回话|回信|回您|联系您|致电|来函|函|发函|公文|批示|批复|批准|签批|审阅|审核|审批|核准|传达|贯彻落实|学习|"
    "介绍|咨询|询问|问问|问过|问下|问一下|问|帮您|帮忙|帮|久等|急|别急|别担心|不必|不用|担心|担忧|焦虑|烦恼|烦|操心|费心|劳烦|有劳|拜托|恳请|恳求|希望|期待|期盼|祝福|收获"
)
PARTICLES = (
    "的话|的|了|着|过|之|与|及|和|跟|同|或|并|并且|而且|而|但是|但|因此|所以|如果|如有|如|若|有|在|于|到|给|向|把|被|让|使|叫|对于|对|关于|就|由|由于|从|以|以便|为了|为|作|做|"
    "来|去|上|下|个|一个|一下|一些|些|次|件|起|一|两|多|少|点|时间|时候|第一|新|旧|人家|自己|本|每|各位|各类|各种|等等|什么|怎么|怎样|这么|那么|这里|那里|这样|那样|只|只能|"
    "只要|请查收|查收|测试|年|月|日|号"
)
EMPTY_ENGLISH = (
    "a|an|the|this|that|these|those|it|its|is|are|was|were|be|been|being|am|has|have|had|having|do|does|did|doing|"
    "will|would|shall|should|can|could|may|might|must|i|we|us|our|ours|you|your|yours|he|she|they|them|their|"
    "my|me|who|"
    "and|or|but|if|as|so|then|than|for|of|to|in|on|at|by|with|from|into|about|under|over|up|out|off|back|not|"
    "no|yes|ok|"
    "okay|hello|hi|dear|sir|madam|resident|residents|owner|owners|thank|thanks|you|please|sorry|apologi[sz]e|"
    "apologies|"
    "regret|inconvenience|caused|patience|patient|patiently|understanding|understand|understood|appreciate|"
    "appreciated|"
    "cooperation|kindly|soon|shortly|quickly|promptly|immediately|asap|now|currently|already|just|still|"
    "further|later|"
    "when|while|possible|time|best|regards|wait|waiting|hold|bear|rest|assured|sure|certain|certainly|noted|received|"
    "receive|seen|read|know|known|aware|got|get|getting|made|make|making|take|taken|taking|took|put|given|give|"
    "complaint|complaints|issue|issues|problem|problems|matter|matters|request|requests|report|reported|concern|"
    "concerns|feedback|message|case|ticket|query|enquiry|inquiry|suggestion|opinion|situation|thing|things|something|"
    "process|processed|processing|progress|handle|handled|handling|deal|dealing|dealt|look|looking|looked|"
    "solve|solved|"
    "resolve|resolved|resolving|resolution|settle|settled|complete|completed|done|fixed|finish|finished|closed|close|"
    "forward|forwarded|pass|passed|escalate|escalated|refer|referred|transfer|transferred|assign|assigned|arrange|"
    "arranged|arranging|arrangements|contact|contacted|notify|notified|inform|informed|follow|following|followed|"
    "coordinate|coordinating|work|working|worked|act|action|actions|measure|measures|step|steps|necessary|"
    "appropriate|"
    "relevant|responsible|respective|concerned|department|departments|team|teams|staff|personnel|person|people|"
    "someone|"
    "somebody|colleague|colleagues|manager|management|company|property|office|leadership|leader|leaders|authority|"
    "authorities|attach|great|high|highly|importance|important|serious|seriously|attention|priority|very|much|"
    "all|any|"
    "every|our|improve|improving|improvement|service|services|quality|strive|try|trying|tried|hard|continue|"
    "continuing|"
    "commit|committed|ensure|remain|stay|tuned|touch|reach|reaching|respond|response|reply|answer|update|updates|"
    "good|satisfied|satisfactory|satisfaction|need|needed|needs|well|going|go|let|there|here|welcome|value|valued|"
    "excellence|support|help|investigate|investigated|investigating|verify|verified|verifying|check|checking|checked|"
    "according|accordance|regulations|rules|procedure|procedures|plan|planned|planning|consider|considered|carefully|"
    "proper|properly|within|one|two|some|more|most|new|day|days|way|our|after|before|again|too|also|test|testing"
)

# What belongs to a case.
STAFF = r"师傅|维修(?:人员|班|员|工)|工作人员|专人|人员|员工|工人|同事"
TRADE = (
    r"电工|水电工?|水工|水暖工|木工|瓦工|油漆工|焊工|保洁|保安|安保|门岗|秩序员|绿化工|园丁|消杀|救援队?|锁匠|疏通|开锁的?|技术员|"
    r"施工队|施工方|维保|清运|管家|工程师|楼管|消控|监控室|"
    r"(?:小(?![区时程心])|老(?![化人旧业]))[一-鿿](?=已|正|马上|现在|下午|上午|去|到|在|拿|带|来|上|过)|"
    r"[赵钱孙李周吴郑王冯陈张刘杨黄林罗梁宋唐许韩邓曹彭肖袁潘蒋蔡杜叶苏魏吕丁](?:工|师|经理|主管|队长|班长)|"
    r"technician|electrician|plumber|cleaners?\b|guards?\b|contractor|gardener|engineer|\bworkers?\b|installer|"
    r"locksmith"
)
OUTSIDE = (
    r"1(?:1[09]|20)(?!\d)|12345|95\d{3}|962121|厂家|厂商|供应商|开发商|建设单位|承建|车主|狗主|主人|租户|租客|装修户|楼上|楼下住户|邻居|隔壁|"
    r"业委会|物管会|业主大会|居委会|居委|村委|街道办?|社区|网格|派出所|公安|交警|民警|住建(?:局|部门)|消防(?:部门|队|大队|救援)|房管局|规划局|水务局?|"
    r"城管|供电|电力公司|国网|电网|自来水|燃气公司|天然气公司|热力|供热|市政|环卫|电信|移动公司|联通|铁塔|检测(?:机构|公司)|维修公司|电梯公司|质监|市监局|"
    r"清运公司|保险公司|商铺|店家|店主|餐馆|外卖|快递|广告公司"
)
PLACE = (
    r"\d+\s*(?:栋|幢|号楼|座|单元|楼|层|号(?!前)|#)|[一二三四五六七八九十东西南北左右][栋幢座楼层门侧]|[一二三四五六七八九十]+单元|负[一二三]|"
    r"楼道|楼顶|楼下|楼上|楼梯|屋顶|天台|屋面|大堂|大厅|门口|大门|侧门|后门|车库|车棚|车位|地下室|泵房|机房|配电|电井|管井|水箱|水池|池塘|花园|绿化带|草坪|路面|路口|围墙|"
    r"外墙|窗台|阳台|厨房|厕所|卫生间|浴室|电梯间|轿厢|消防通道|垃圾(?:房|站|桶|点)|岗亭|监控室|路上|地面|地上|墙面|顶层|过道|走廊|地库|化粪池|"
    r"雨棚|公告栏|公示栏|天花板|井里|坑里|\b(?:floor|building|roof|garage|gate|stair|lobby|basement|hall|corridor|kitchen|shaft)"
)
PARTS = (
    r"照明|消防设施|灯|灯泡|灯管|开关|线路|电线|电缆|电源|插座|闸|空开|水管|水龙头|管道|管子|下水|阀|钥匙|水泵|泵|水表|电表|电机|马达|门机|门锁|"
    r"锁芯|门禁|道闸|门卡|(?<![部上])门(?!岗)|窗(?!口)|玻璃|护栏|栏杆|扶手|砖|墙皮|瓷砖|保温层|防水|井盖|地漏|雨水管|污水|(?<![主们我谁业司么归])管(?!理|家|不|控)|"
    r"钢丝绳|主板|主控|控制[柜箱器板]|感应器|传感器|按钮|轴承|皮带|电池|电瓶|保险丝|硬盘|合页|浮球|电梯|摄像头|监控|录像|对讲|灭火器|消火栓|"
    r"消防栓|喷淋|烟感|充电桩|配件|零件|材料|梯子|云梯|垃圾|杂物|积水|油污|树(?!立)|枝|草|花|虫|鼠|蟑螂|蚊|蚂蚁|狗|犬|猫|车(?!主)|广告|条幅|"
    r"费(?!心)|钱|票据|发票|收据|(?<!台)账|资金|水(?![平工])|电(?![话工])|气(?!愤)|暖|空调|路灯|健身器材|秋千|滑梯|石墩|座椅|"
    r"\b(?:lamp|light|bulb|lift|elevator|pump|pipe|valve|door|lock|part|switch|cable|meter|motor|tree|branch|camera|"
    r"bin|rubbish|garbage|leak|drain|fee|card|reader|wire|fuse|tap|toilet|window|wall|water|power|key)"
)
FAULT = (
    r"坏|损|漏|渗|堵|(?<![不判])断|裂|松(?!懈)|锈|老化|跳闸|短路|停电|停水|故障|爆|掉落|脱落|失灵|卡住|烧|冒烟|异响|进水|没电|没水|缺|欠费|滴|冒|(?<!影)响(?!应)|臭|"
    r"撞|翘|移位|脏|结[油垢冰]|"
    r"磨损|变形|起火|着火|因为|原因是|属于|归(?!我|咱|物业)|不[亮转动通热灵开够]|没[漏坏断堵亮响]|失效|正常|感应式|声控|压低|太低|太高|"
    r"\b(?:broken|fault|leak|blocked|worn|tripped|loose|because|burnt|burst|jammed|cracked|dead|empty|clogged)"
)
DEED = (
    r"招标|拿|更?换|(?<!维)修(?![改养])|疏通|清[理运扫洗掉走了完]|打扫|冲洗|拖|扫(?!码)|拆|关[了掉闭上好着]|关总|关阀|开会(?!议)|开启|打开|查[看过了明到]|"
    r"检查|检测|排查|检修|抢修|测|试[过了水]|补(?!充)|刷|焊|做(?![好到出])|推(?![进动])|打药|取|看(?![待法见来管])|接[好通上线]|抽(?!查)|排[了完空出干水]|喷|剪|砍|"
    r"锯|割|锁[上好了]|"
    r"买|采购|订[了购货]|下单|到货|退[还费了给款]|停[了用机梯]|拉[了走闸起]|拉警戒|铲|维护|拍照|封|围[挡上起]|加[装固压油了垫]|调[试整好了]|搬|挪|劝|"
    r"贴|撕|张贴|发[了出货您]|施工|动工|招标|征求|动用|投票|表决|盖章|公示|复位|重启|送电|送水|消杀|消毒|灭[了火](?!器)|捞|铺[设好了]|挖|"
    r"恢复|报修|清(?![楚单晰])|退(?![出休])|算错|错了|放(?![心假])|开好|洒水|放[了药出]|拴|栓好|装(?!修)|涂|堵上|垫|扶|拧|焊|架|立|撒|"
    r"\b(?:repair|fix|replac|clean|inspect|found|remov|order|refund|restor|turn|install|cut|paint|pump|clear|mop|"
    r"swept|reset|restart|trim|seal|unblock|tighten|clos|open|shut|moved?|towed|spray)"
)
CONTACTS = (
    r"由[^，。]{0,8}(?:负责|处理|管|办)|拨打?|联系|通知|叫|喊|请|找|报[给了警到]?|约|催|打[了过]|联络|协商|谈|"
    r"call|contact|notif|told|ask|inform"
)
SENT = r"(?:派|叫|喊|请|让|安排|联系|通知|约|催|找)|\b(?:call|sent|send|arrang|ask)"
MOVES = (
    r"[到来去过爬赶]|进(?=[来去了门])|上门|进场|上楼|出发|"
    r"在(?![^，。]{0,3}(?:处理|办理|跟进|核实|解决|协调))|\b(?:com|go|arriv|on (?:site|the way))"
)
VAGUE = (
    r"尽快|尽早|尽量|稍后|之后|(?<![大委开社])会(?!议|长|所)|将|后续|后期|今后|以后|"
    r"加强|强化|改进|提升|提高|优化|完善|改善|规范|加大|督促|严格|要求|争取|努力|择机|适时|做好|\bwill\b|\bsoon\b|shortly|\basap\b"
)
CLOCK = (
    r"\d{1,2}\s*[:：]\s*\d{2}|[\d一二两三四五六七八九十半]+\s*(?:点(?!意见|建议)|时(?!间|候|刻)|分钟|个?小时|个?钟头|刻)|"
    r"\d+\s*(?:月\d+[日号]|[日号](?!楼)|天|个?工作日)|"
    r"\b(?:within|in) \d+|\b\d+ ?(?:min|hour|o'clock|am|pm)|\bat \d+|\d{1,2}[:.]\d{2}|"
    r"\bby (?:mon|tue|wed|thu|fri|sat|sun|noon|tonight|tomorrow|\d)"
)
DAY = (
    r"今天|今日|今晚|今早|明天|明日|明早|明晚|后天|上午|中午|下午|晚上|傍晚|早上|本周|这周|下周|周[一二三四五六日天末]|星期|月底|月初|"
    r"[一二两三四五六七]天|today|tonight|tomorrow|morning|afternoon|evening|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week"
)
# Of a thing that is named.
FINISHED = r"(?:处理|解决|弄|搞|办)(?:好|完|掉|妥)"
DONE = r"亮|通水|通电|来水|来电|处理[好完]|解决|完成|办[好完]|修好|恢复|到位|弄好|\b(?:done|finish|complet|solv)"
COMES = (
    r"(?:我|他|她|师傅|马上|立刻|这就|现在|已经?|人|工|分钟|点|刚)[^，。,.；;！!\n]{0,6}?(?:到[了达场]?|过来|过去|来了|来看|上来|出发|赶)(?!位|底|时|您|期|相|"
    r"反映|投诉|反馈)|"
    r"(?:^|[，\s已刚])(?:到|来)了|在路上|(?:^|[，\s])[到在去下上](?:了|达)?(?:您家|你家|楼上|楼下|门口|机房|泵房|车库|现场|屋里|屋顶|地库|去看)|"
    r"在\d+(?:栋|幢|号楼|单元|楼|层)|停梯|在[^，。,.；;！!\n]{0,6}(?:现场|楼下|门口|楼上|上面|屋里|机房|泵房|车库)|去[^，。,.；;！!\n]{0,4}(?:看看?|查看|"
    r"拿|取|机房|泵房|现场)|"
    r"赶[过来去往到]|(?:^|[，\s])来看|上楼了|下楼了|上门了|[水电气暖]来了|(?:这就|马上|现在|我)(?:去|来|到|上|下|过)[来去楼]?$|(?:马上|这就|现在|已)[上下]来|"
    r"on (?:the|my|their|his) way|(?:am|is|are|'m|'s|'re) (?:here|at the)|comes?\b|coming|arriv"
)
STATE = (
    r"(?<!处理)(?<!解决)(?<!整改)(?<!落实)(?<!完成)(?<!关)(?<!弄)(?<!搞)(?<!做)(?<!办)(?:亮|通|(?<=[一-鿿])好|走|掉|干净|"
    r"(?<!办)(?<!处理)完|退|停|开|热|灭|修|换|清|装|补|扫|拆|剪|挪|拖|抽|恢复|劝离|正常运行|能用|可以用|不漏|不响|不堵|不滴|"
    r"有水|有电|来水|来电)了|扑灭|救出|脱险|送医|送去?医院|受伤|(?:人|困)[^，。]{0,4}出来|\brescued|\binjured|"
    r"能(?:刷|用|开|走|停|充|过)|(?:人|老人|孩子|小孩|大家)[^，。]{0,3}(?:没事|平安|安全)|\b(?:is|are) back\b|"
    r"恢复(?:正常|运行|供水|供电|通行|使用|照明)|正常(?:运行|使用|了)|works? (?:again|now|fine)|is fixed|running again"
)
QUANTITY = (
    r"\d+(?:\.\d+)?\s*(?:元|块|毛|米|公分|厘米|户|扇|盏|只|台|套|桶|斤|公斤|度|吨|平|%)|[差缺花罚扣用退补按]了?\d+"
)
# A time told alone, or of somebody who comes.
MINUTES = (
    r"^(?:我|我们|师傅|电工|大概|大约|约|最多|再过|再等)*[\d一二两三四五六七八九十半]+\s*(?:分钟|个?小时|个?钟头)"
    r"(?:内|左右|后|之内)?$"
)
# Where one of these stands, words that no list knows can be a fact or a deed.
SAID_AS_FACT = r"了|已|过|没|不|是|在|要|有|缺|等"
